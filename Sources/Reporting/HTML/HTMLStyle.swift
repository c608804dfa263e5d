/// How the pages look: one quiet style sheet, light and dark, every pair of colours at a contrast of 4.5 or more.
enum HTMLStyle {
  static let sheet: Markup = """
    :root { --paper: #ffffff; --ink: #1c1e21; --soft: #565b63; --line: #d5d8dd; --shade: #f4f5f7; --link: #0b57a4;
      --good: #17692f; --bad: #a81e1e; --open: #7a5200; color-scheme: light dark; }
    @media (prefers-color-scheme: dark) {
      :root { --paper: #17191c; --ink: #e7e9ec; --soft: #a6adb7; --line: #3a3f46; --shade: #22252a; --link: #8ab8f0;
        --good: #7fd495; --bad: #f39a94; --open: #e6bd6a; }
    }
    * { box-sizing: border-box; }
    body { margin: 0 auto; padding: 1.5rem 1rem 3rem; max-width: 62rem; background: var(--paper); color: var(--ink);
      font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
    h1 { font-size: 1.7rem; line-height: 1.2; margin: 0.3rem 0; }
    h2 { font-size: 1.1rem; line-height: 1.35; margin: 1.6rem 0 0.4rem; }
    p { margin: 0.4rem 0; }
    a { color: var(--link); }
    a:focus-visible, summary:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
    code, pre { font: 0.9rem/1.45 ui-monospace, monospace; }
    pre { background: var(--shade); border: 1px solid var(--line); border-radius: 4px; padding: 0.6rem 0.8rem;
      margin: 0.5rem 0; white-space: pre-wrap; max-height: 30rem; overflow-y: auto; }
    table { border-collapse: collapse; width: 100%; margin: 0.5rem 0; }
    th, td { text-align: left; vertical-align: top; padding: 0.35rem 0.7rem 0.35rem 0; border-bottom: 1px solid var(--line); }
    thead th { color: var(--soft); font-size: 0.85rem; }
    tbody th { font-weight: 600; }
    .number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
    .about, footer { color: var(--soft); font-size: 0.9rem; }
    .result { font-size: 1.2rem; }
    .verdict { font-weight: 700; white-space: nowrap; }
    .good { color: var(--good); }
    .bad { color: var(--bad); }
    .open { color: var(--open); }
    .counts { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 0.3rem 1.4rem; }
    .finding { border-left: 3px solid var(--bad); padding-left: 0.8rem; margin: 0.6rem 0; }
    .notice { border: 1px solid var(--open); border-radius: 4px; padding: 0.5rem 0.8rem; }
    section { border-top: 1px solid var(--line); margin-top: 1.2rem; }
    section h2 { margin-top: 0.8rem; }
    footer { border-top: 1px solid var(--line); margin-top: 2rem; padding-top: 0.6rem; }
    summary { cursor: pointer; }
    figure { margin: 0.6rem 0; max-width: 50rem; }
    """
}
