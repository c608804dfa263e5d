import Grading
import Testing

@Suite struct EventValueTests {
  @Test(arguments: [
    (EventValue("7"), EventValue(7)), (EventValue("+7"), EventValue(7)), (EventValue("7.0"), EventValue(7)),
    (EventValue("1e2"), EventValue(100)), (EventValue("0.5"), EventValue(0.5)), (EventValue(".5"), EventValue("0.50")),
  ])
  func `the same number is equal however it is written`(_ left: EventValue, right: EventValue) {
    #expect(left == right)
    #expect(Set([left, right]).count == 1)
  }

  @Test(arguments: [
    (EventValue("007"), EventValue(7)), (EventValue("inf"), EventValue(.infinity)), (EventValue("a"), EventValue("A")),
    (EventValue("0x10"), EventValue(16)), (EventValue(""), EventValue(0)), (EventValue(" 1"), EventValue(1)),
  ])
  func `other texts are not numbers`(_ left: EventValue, right: EventValue) {
    #expect(left != right)
  }

  @Test func `numbers are ordered by size and come before texts`() {
    let values: [EventValue] = ["b", 10, "a", 9, 9.5, "-1"]
    #expect(values.sorted() == [-1, 9, 9.5, 10, "a", "b"])
  }

  @Test func `messages quote texts, not numbers`() {
    #expect(
      "\(EventValue("Thread 1")) \(EventValue("7")) \(EventValue(2.5)) \(EventValue(3.0))" == "\"Thread 1\" 7 2.5 3")
  }
}
