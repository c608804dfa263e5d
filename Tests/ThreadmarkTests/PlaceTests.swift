import Foundation
import Grading
import Reporting
import Sandboxing
import TestSupport
import Testing

@testable import threadmark

/// The core of the product in places that deny what this machine allows: without privileges, and under seccomp profiles
/// such as a container service's.
@Suite("In other places", .requiresPlaces, .requiresPython, .serialized)
struct PlaceTests {
  @Test(arguments: Place.all)
  func `a command runs in the tier that can be had`(_ place: Place) throws {
    let run = try place.threadmark(["run", "--", "sh", "-c", "echo ran"])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("\"tier\" : \"\(place.tier)\""), "\(run.output)")
    #expect(run.output.contains("ran\\n"))
    print("PLACE: \(place) runs in tier \(place.tier)")
  }

  @Test(arguments: Place.all)
  func `a learner and a class are marked as anywhere`(_ place: Place) throws {
    let check = try place.threadmark([
      "check", "--exercise", "threaded-printers", "class/right.py", "--python", "/usr/bin/python3",
    ])
    #expect(check.status == 0, "\(check.output)\(check.errors)")
    let grade = try place.threadmark([
      "grade", "threaded-printers", "--submissions", "class", "--python", "/usr/bin/python3", "--json", "-",
    ])
    let report = try JSONReporter.report(from: Data(grade.output.utf8))
    #expect(report.submissions.map(\.verdict) == [.accepted, .deadlock], "\(grade.errors)")
    #expect(grade.output.contains("\"\(place.tier)\""))
  }

  @Test(arguments: Place.all)
  func `what misbehaves is contained`(_ place: Place) throws {
    let secret = try TemporaryFolder(["secret": "secret"])
    let programs = try #require(ReadableCopy.shared).folder.path("programs")
    for program in ["reads_secrets", "leaves_its_root", "opens_kernel_settings", "kills_everything", "daemon"] {
      let marker = "threadmark-test-\(UUID().uuidString)"
      let run = try place.threadmark([
        "run", "--tasks", "16", "--processes", "8", "--read", programs, "--env", "OUTSIDE=at \(secret.path)",
        "--env", "REPOSITORY=\(Repository.root)", "--", "/usr/bin/python3", "\(programs)/\(program).py", marker,
      ])
      #expect(run.output.contains("contained\\n") || run.output.contains("done\\n"), "\(program) \(run.output)")
      #expect(!run.output.contains("escaped"), "\(program) \(run.output)")
      #expect(ProcessTable.commandLines(containing: marker).isEmpty)
    }
  }

  @Test func `a place that can contain nothing is refused in so many words`() throws {
    let place = Place(user: 65534, profile: "landlock", tier: "E")
    let grade = try place.threadmark([
      "grade", "threaded-printers", "--submissions", "exercises/threaded-printers/submissions",
    ])
    #expect(grade.status == Status.failure.rawValue)
    #expect(grade.errors.contains("--allow-uncontained"), "\(grade.errors)")
  }

  @Test func `a full process table is the machine's failure`() throws {
    let place = Place(user: 65533, profile: "none", tier: "B")
    // Only the keeper finds it full: how many threads the runtime of Swift needs is its own affair.
    let folder = try TemporaryFolder(["keeper": "#!/bin/sh\nexec prlimit --nproc=1 \"$REAL\"\n"])
    try folder.makeExecutable("keeper")
    let real = try #require(ReadableCopy.shared).folder.path("keeper")
    let run = try place.threadmark(
      ["run", "--", "true"], under: ["env", "REAL=\(real)", "THREADMARK_KEEPER=\(folder.path("keeper"))"])
    #expect(run.status == Status.failure.rawValue, "\(run.output)\(run.errors)")
    #expect(run.errors.contains("EAGAIN") || run.errors.contains("Resource temporarily unavailable"), "\(run.errors)")
  }

  @Test func `a machine without room for the files is the machine's failure`() throws {
    let place = Place(user: nil, profile: "none", tier: "D")
    let script = """
      mount -t tmpfs -o size=16k,nr_inodes=3 none /mnt && TMPDIR=/mnt exec "$@"
      """
    let run = try place.threadmark(
      ["run", "--tier", "D", "--", "true"], under: ["unshare", "-m", "sh", "-c", script, "sh"])
    #expect(run.status == Status.failure.rawValue, "\(run.output)\(run.errors)")
    #expect(run.errors.contains("ENOSPC") || run.errors.contains("No space left"), "\(run.errors)")
  }
}
