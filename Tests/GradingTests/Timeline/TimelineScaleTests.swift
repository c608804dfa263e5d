import Grading
import Testing

struct TimelineScaleTests {
  @Test func `a run in which things happen all the time is in proportion`() {
    let scale = TimelineScale(instants: [0.2, 0.4, 0.6, 0.8], end: 1)
    #expect(scale.stretches.count == 1 && !scale.stretches[0].isShortened)
    #expect(scale.position(of: 0.25) == 0.25)
  }

  @Test func `long stretches without anything are shortened, and what happens keeps its proportions`() {
    let scale = TimelineScale(instants: [0.040, 0.041, 0.043, 0.045], end: 10)
    #expect(scale.stretches.filter(\.isShortened).count == 2)
    let positions = [0.040, 0.041, 0.043, 0.045].map(scale.position(of:))
    let step = positions[1] - positions[0]
    #expect(step > 0.1)
    #expect(abs(positions[2] - positions[1] - 2 * step) < 1e-9)
    #expect(positions[3] < 1)
  }

  @Test(
    arguments: [
      ([], 0), ([0], 0), ([], 5), ([-1, 0.5, 7], 1), (Array(repeating: 0.5, count: 9), 1), ([1e-9, 2e-9], 1e-6),
      (stride(from: 0, to: 1, by: 0.001).map { $0 * $0 * $0 }, 1), ([0.1, 0.1000001, 3599], 3600),
    ] as [([Double], Double)])
  func `every scale covers its run once, in order, and fills the axis`(instants: [Double], end: Double) {
    let scale = TimelineScale(instants: instants, end: end)
    #expect(abs(scale.stretches.reduce(0) { $0 + $1.share } - 1) < 1e-9)
    #expect(scale.stretches.first?.from == 0 && scale.stretches.last?.to == max(end, 1e-6))
    for (left, right) in zip(scale.stretches, scale.stretches.dropFirst()) { #expect(left.to == right.from) }
    let positions = (instants.sorted() + [end]).map(scale.position(of:))
    #expect(positions == positions.sorted() && positions.allSatisfy { (0...1).contains($0) })
  }
}
