import Sandboxing
import Testing

@testable import Grading

@Suite("Stacks of compiled programs") struct NativeStacksTests {
  @Test func `eu-stack's threads have the innermost line of the program itself`() throws {
    let threads = NativeStacks(
      """
      PID 8 - process
      TID 8:
      #0  0x00007f0000085f16 __futex_wait - /usr/lib/libc.so.6
          ./nptl/futex-internal.c:57:12
      #1  0x000055000000129c - 1 main - /work/program
          /home/anybody/locks.c:23:3
      TID 9:
      #0  0x00007f000008612b futex_wait - /usr/lib/libc.so.6
          ../sysdeps/nptl/futex-internal.h:146:13
      #1  0x0000550000001240 - 1 std::mutex::lock() - /work/program
          /usr/include/c++/12/bits/std_mutex.h:100:7
      #2  0x0000550000001240 - 1 take(std::mutex&, char - const*) - /work/program
          /home/anybody/locks.c:14:3
      PROGRAM /work/program
      """
    ).threads
    #expect(threads.map(\.id) == [8, 9])
    #expect(threads.map { $0.own?.place?.line } == [23, 14])
    #expect(threads.map { $0.own?.function } == ["main", "take(std::mutex&, char - const*)"])
    #expect(threads.allSatisfy { $0.own?.place?.file == "/home/anybody/locks.c" })
  }

  @Test func `lines that eu-stack doesn't find are those of addr2line`() {
    let threads = NativeStacks(
      """
      TID 8:
      #0  0x0000550000001618 - 1 main - /work/program
      #1  0x0000550000001700 - 1 outer - /work/program
      PROGRAM /work/program
      0x0000550000001618 0x1617
      0x0000550000001700 0x16ff
      0x0000000000001617: <compiler-generated>:0
       (inlined by) /home/anybody/locks.swift:22
       (inlined by) /home/anybody/locks.swift:30
      0x00000000000016ff: ??:0
      """
    ).threads
    #expect(threads.first?.frames.map { $0.place?.line } == [22, nil])
  }

  @Test func `a program that was compiled without its lines has its functions`() {
    let threads = NativeStacks(
      """
      TID 8:
      #0  0x00007f000008612b futex_wait - /usr/lib/libc.so.6
      #1  0x0000550000001220 - 1 take - /work/program
      PROGRAM /work/program
      """
    ).threads
    #expect(threads.first?.own?.function == "take")
    #expect(threads.first?.own?.place == nil)
  }

  @Test func `gdb's threads are read alike`() {
    let threads = NativeStacks(
      """
      [New LWP 94]
      57\t./nptl/futex-internal.c: No such file or directory.

      Thread 2 (Thread 0x7fead2f236c0 (LWP 94) "locks"):
      #0  futex_wait (private=..., expected=...) at ../sysdeps/nptl/futex-internal.h:146
      #1  0x00007fead37b4482 in ___pthread_mutex_lock (mutex=...) at ./nptl/pthread_mutex_lock.c:93
      #2  0x0000557e22787220 in take (crossed=...) at locks.c:14
      #3  0x00007fead37b11f5 in start_thread (arg=...) at ./nptl/pthread_create.c:442

      Thread 1 (LWP 91 "locks"):
      #0  0x00007f170f2d5d90 in wait () from /lib/libdispatch.so
      #1  0x000055d92bb72619 in main () at /home/anybody/locks.c:23
      [Inferior 1 (process 91) detached]
      """
    ).threads
    #expect(threads.map(\.id) == [94, 91])
    #expect(threads.map { $0.own?.place?.line } == [14, 23])
    #expect(threads.map { $0.own?.function } == ["take", "main"])
  }

  @Test(arguments: [
    "", "TID 1:", "#0  0x1 f - /work/program", "TID 99999999999999999999:\n#0 0x1 f", "PROGRAM ", "PROGRAM /p\n0x1 0x",
    "TID 1:\n#0  0x1 - 1\nPROGRAM /p\n0x1 0xfffffffffffffffffffff\n0xfffffffffffffffffffff: a.c:1",
    "TID 1:\n    a.c:1:1", "TID 1:\n#0  0x1 f - /p\n    a.c:99999999999:1\nPROGRAM /p",
    "Thread 1 (LWP x)\n#0  f () at :1",
  ])
  func `what is neither a thread nor a frame is passed over`(_ text: String) {
    #expect(NativeStacks(text).threads.allSatisfy { $0.frames.allSatisfy { $0.place == nil } })
  }

  @Test func `a line is shown from the student's own file, whatever path it was compiled under`() {
    let text = "TID 2:\n#0  0x1 take - /work/program\n    /build-machine/locks.c:2:1\nPROGRAM /work/program\n"
    let journal = [JournalEntry(time: 0, event: .debuggerStacks(process: 1, Array(text.utf8)))]
    let source = ContainerFile(path: "src/locks.c", contents: Array("int a;\n  lock(&a);\n".utf8))
    var standing = Standing()
    standing.add(debuggersOf: journal, sources: [source])
    #expect(standing.waits.map(\.place) == [Standing.Place(file: "src/locks.c", line: 2, source: "lock(&a);")])
    #expect(standing.waits.map(\.writer.thread) == [2])
  }
}
