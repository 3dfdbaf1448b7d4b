import Console
import Documents
import Review

/// Answers a stream of questions, a line each, and holds no more than one of them.
struct QuestionRun {
  private let population: Population
  private let form: ReachCommand.Form

  init(_ population: Population, _ form: ReachCommand.Form) {
    self.population = population
    self.form = form
  }

  /// Answers the questions of a file; a line that is no question doesn't end the run, but it ends with 3.
  func answer(_ path: String, on terminal: inout Terminal) throws -> ExitCode {
    var lines = try InputLines(at: path)
    var answering = Answering(population)
    var code = ExitCode.done
    var number = 0
    var isFirst = true
    if form == .json { terminal.write("[") }
    while let line = try lines.next() {
      number += 1
      // Blank lines and the end of a last line are nobody's question.
      if case .bytes(let bytes) = line, bytes.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) {
        continue
      }
      if form == .json { terminal.write(isFirst ? "\n" : ",\n") }
      isFirst = false
      do throws(QuestionFlaw) {
        let answer = answering.answer(try question(line))
        switch form {
        case .table, .wide: terminal.write(answering.line(answer))
        case .json: terminal.write(JSON.write(AnswerDocument.node(answer)))
        case .jsonl: terminal.print(JSON.write(AnswerDocument.node(answer)))
        }
      } catch {
        code = .input
        let words = "line \(number) is no question: \(error.message)"
        switch form {
        case .table, .wide: terminal.print("no answer    \(words)")
        case .json: terminal.write(JSON.write(AnswerDocument.node(noQuestion: words)))
        case .jsonl: terminal.print(JSON.write(AnswerDocument.node(noQuestion: words)))
        }
      }
    }
    if form == .json { terminal.write(isFirst ? "]\n" : "\n]\n") }
    return code
  }

  private func question(_ line: InputLines.Line) throws(QuestionFlaw) -> Question {
    guard case .bytes(let bytes) = line else {
      throw QuestionFlaw(message: "longer than \(InputLines.longest.grouped) bytes")
    }
    let node: Node
    do { node = try JSON.read(bytes) } catch { throw QuestionFlaw(message: error.message) }
    return try Question(node)
  }
}
