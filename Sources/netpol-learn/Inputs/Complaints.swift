import Capture
public import Console
import FlowStore

extension StoreError: Complaining {
  /// The error in words, with the exit code of its kind of trouble.
  var complaint: Complaint { complaint(hint: hint) }

  /// The same with another hint.
  func complaint(hint: String?) -> Complaint {
    let code: ExitCode =
      switch trouble {
      case .usage: .usage
      case .input: .input
      case .refused: .refused
      case .machine: .machine
      }
    return Complaint(message, hint: hint, exitCode: code)
  }
}

extension CaptureError: Complaining {
  /// The error in words, with the exit code of its kind of trouble.
  var complaint: Complaint {
    let code: ExitCode =
      switch self {
      case .notFound, .isFolder: .usage
      case .empty, .notACapture, .damaged: .input
      case .notPermitted, .tooManyOpen, .unreadable: .machine
      }
    return Complaint(description, hint: hint, exitCode: code)
  }
}
