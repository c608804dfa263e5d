import ArgumentParser

@main
struct Threadmark: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "threadmark")
}
