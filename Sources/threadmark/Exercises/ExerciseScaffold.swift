import Foundation
import Grading

/// The files of a new exercise: two threads that each print their name, to be replaced by something better.
struct ExerciseScaffold {
  let title: String

  /// The files, by their paths in the exercise's folder.
  var files: [(path: String, text: String)] {
    [
      (Exercise.fileName, description), ("README.md", statement), ("starter/program.py", starter),
      ("submissions/accepted/threads.py", accepted), ("submissions/wrong_answer/starter.py", starter),
    ]
  }

  /// Writes them into a folder that does not exist yet.
  func write(to folder: String) throws {
    for file in files {
      let url = URL(filePath: "\(folder)/\(file.path)")
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(file.text.utf8).write(to: url)
    }
  }

  private var description: String {
    """
    schemaVersion: 1
    title: \(quoted(title))
    language: python
    entry: program.py

    limits:
      wall: 10s

    scenarios:
      - id: plain
        repeat: 3

    checks:
      - id: exits-cleanly
        title: The program ends by itself, without an error
        check: exit
        points: 1

      - id: every-line
        title: Each thread says hello once and nothing else is printed
        check: order
        points: 3
        events:
          hello: "Hello from {thread}"
        rules:
          - count: {of: hello, equals: 2}
          - values: {of: hello, field: thread, are: [A, B]}
          - nothing_else: true

    """
  }

  private var statement: String {
    """
    # \(title)

    Write a program `program.py` that starts two threads, `A` and `B`. Each of them prints one line, in any order:

    ```
    Hello from A
    Hello from B
    ```

    """
  }

  private var starter: String {
    """
    from threading import Thread


    def greet(name):
        pass  # Print the line.


    greet("A")
    greet("B")

    """
  }

  private var accepted: String {
    """
    from threading import Thread


    def greet(name):
        print(f"Hello from {name}")


    threads = [Thread(target=greet, args=(name,)) for name in ("A", "B")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    """
  }

  /// The text as a string of YAML in double quotes.
  private func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
