/// Many bars as one for each column of the axis, of what was done there for most of the time.
struct TimelineColumns {
  private(set) var bars: [Timeline.Bar] = []

  private struct Kind: Hashable {
    var state: Timeline.State
    var what: String
  }

  init(_ all: [Timeline.Bar], on scale: TimelineScale) {
    var (column, times, from, to) = (-1, [Kind: Double](), 0.0, 0.0)
    func close() {
      let most = times.max {
        ($0.value, $1.key.state.rawValue, $1.key.what) < ($1.value, $0.key.state.rawValue, $0.key.what)
      }
      if let kind = most?.key { bars.append(Timeline.Bar(from: from, to: to, state: kind.state, what: kind.what)) }
    }
    for bar in all {
      let place = scale.column(of: bar.from)
      if place != column {
        close()
        (column, times, from) = (place, [:], bar.from)
      }
      times[Kind(state: bar.state, what: bar.what), default: 0] += bar.to - bar.from
      to = bar.to
    }
    close()
  }
}
