import Foundation
import Sandboxing
import Testing
import TestSupport

@Suite("A program's streams", .requiresSandbox, .requiresPython, .serialized)
struct StreamTests {
  private func inEveryTier(
    _ script: String, input: Command.StandardInput = .empty, limits: Limits = Limits(wallTime: .seconds(60)),
    _ body: (ExecutionResult) throws -> Void
  ) async throws {
    for tier in IsolationTier.allCases where await TierProbe.shared.offers(tier) {
      let container = try await Sandbox(tier: tier).makeContainer(ContainerConfiguration())
      var command = Command.python(["-c", script])
      command.standardInput = input
      try body(try await container.run(command, files: [], limits: limits, observation: Observation()))
      await container.close()
    }
  }

  @Test func `keep every byte as it was written, text or not, with or without a last line's end`() async throws {
    let bytes = (0...255).map { UInt8($0) } + [0, 0xFF, 0xC3, 0x28, 0x1B, 0x0D, 0xED, 0xA0, 0x80]
    try await inEveryTier(
      """
      import os
      data = bytes(range(256)) + b"\\0\\xff\\xc3(\\x1b\\r\\xed\\xa0\\x80"
      for byte in data: os.write(1, bytes([byte]))
      os.write(2, data[::-1])
      """
    ) { result in
      #expect(result.termination == .exited(0))
      #expect(result.output == bytes && result.errorOutput == bytes.reversed(), "tier \(result.tier)")
    }
  }

  @Test func `hold nobody up when the input is closed early, or never read`() async throws {
    let input = Command.StandardInput.bytes([UInt8](repeating: UInt8(ascii: "x"), count: 8 << 20))
    for script in ["import os; os.close(0); print('done')", "print('done')", "input = open(0).read(1); print('done')"] {
      try await inEveryTier(script, input: input) { result in
        #expect(result.termination == .exited(0), "tier \(result.tier): \(script)")
        #expect(String(decoding: result.output, as: UTF8.self) == "done\n")
      }
    }
  }

  @Test func `can be opened by their names`() async throws {
    try await inEveryTier(
      "open('/dev/stdout', 'w').write('out'); open('/dev/stderr', 'w').write('err'); print(open('/dev/stdin').read())"
    ) { result in
      let errors = String(decoding: result.errorOutput, as: UTF8.self)
      #expect(errors == "err", "tier \(result.tier)")
      #expect(String(decoding: result.output, as: UTF8.self) == "out\n")
    }
  }

  @Test func `can't be read back by who writes them`() async throws {
    let script = """
      for name in ('/dev/stdout', '/dev/stderr'):
          try:
              open(name)
              print('opened')
          except PermissionError:
              print('refused')
      """
    try await inEveryTier(script) { result in
      #expect(String(decoding: result.output, as: UTF8.self) == "refused\nrefused\n", "tier \(result.tier)")
    }
  }

  @Test func `count together towards the limit, whichever it is that floods`() async throws {
    try await inEveryTier(
      "import os\nwhile True: os.write(1, b'o' * 100); os.write(2, b'e' * 100)",
      limits: Limits(wallTime: .seconds(60), output: 5000)
    ) { result in
      #expect(result.termination == .outputLimit, "tier \(result.tier)")
      #expect(result.output.count + result.errorOutput.count == 5000)
      #expect(result.outputBytes + result.errorBytes > 5000)
    }
  }
}
