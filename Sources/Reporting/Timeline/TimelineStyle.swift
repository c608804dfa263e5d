/// The colours and fonts of timelines.
enum TimelineStyle {
  /// Plain colours, and others for dark pages: not every viewer of SVG knows variables.
  static let sheet: Markup = """
    svg.timeline { max-width: 800px; width: 100%; height: auto; font: 12px system-ui, sans-serif; } \
    .timeline text { fill: #1c1e21; } .timeline .clear { paint-order: stroke; stroke: #ffffff; stroke-width: 3px; } .timeline .paper { fill: #ffffff; } .timeline .shade { fill: #f4f5f7; } \
    .timeline .soft { fill: #565b63; } .timeline .head { font-size: 15px; font-weight: 600; } \
    .timeline .small { font-size: 11px; } .timeline .mono { font: 11px ui-monospace, monospace; } \
    .timeline .strong { font-weight: 600; } .timeline .bad { fill: #a81e1e; } \
    .timeline .grid { stroke: #d5d8dd; } .timeline .cut { fill: none; stroke: #8b919a; } \
    .timeline .running { fill: #0b57a4; } .timeline .waiting { fill: #fbeccb; stroke: #a87410; } \
    .timeline .stuck { fill: #fbdcd9; stroke: #a81e1e; stroke-width: 1.5; } .timeline .sleeping { fill: #9aa1ab; } \
    .timeline .stopped { fill: #1c1e21; } .timeline .held { fill: none; stroke: #565b63; stroke-dasharray: 3 3; } \
    .timeline .unseen { fill: none; stroke: #9aa1ab; } \
    .timeline .dot { fill: #17692f; stroke: #ffffff; } .timeline .pin { fill: #a81e1e; } \
    .timeline .guide { stroke: #a81e1e; stroke-dasharray: 3 3; } .timeline .stem { stroke: #a81e1e; stroke-width: 1.5; } \
    .timeline .number { fill: #ffffff; font-size: 11px; font-weight: 700; } .timeline .over { stroke: #a81e1e; } \
    @media (prefers-color-scheme: dark) { .timeline text { fill: #e7e9ec; } .timeline .clear { stroke: #17191c; } .timeline .paper { fill: #17191c; } \
    .timeline .shade { fill: #22252a; } .timeline .soft { fill: #a6adb7; } .timeline .bad { fill: #f39a94; } \
    .timeline .grid { stroke: #3a3f46; } .timeline .cut { stroke: #7b828c; } \
    .timeline .running { fill: #8ab8f0; } .timeline .waiting { fill: #43361a; stroke: #e6bd6a; } \
    .timeline .stuck { fill: #54221f; stroke: #f39a94; } .timeline .sleeping { fill: #7b828c; } \
    .timeline .stopped { fill: #e7e9ec; } .timeline .held { stroke: #a6adb7; } .timeline .unseen { stroke: #7b828c; } \
    .timeline .dot { fill: #7fd495; stroke: #17191c; } .timeline .pin { fill: #f39a94; } \
    .timeline .guide { stroke: #f39a94; } .timeline .stem { stroke: #f39a94; } .timeline .number { fill: #17191c; } \
    .timeline .over { stroke: #f39a94; } }
    """
}
