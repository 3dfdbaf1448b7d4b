import Console
import Documents
import Kubernetes

/// Reads NetworkPolicies from everything that `--against` and `--policies` may name.
struct Manifests {
  /// The policies, in the order of the files.
  private(set) var policies: [NetworkPolicy] = []
  /// What a reviewer should know, in words.
  private(set) var remarks: [Complaint] = []
  /// How the run ends at least: with `input` where something could not be read.
  private(set) var exitCode = ExitCode.done

  private var passedOver: [String: Int] = [:]
  private var homeless: [String] = []

  /// Reads the policies at this path; the first file or policy that makes no sense ends the run.
  ///
  /// Kustomize and Helm leave the namespace to whoever applies a manifest: where one namespace is asked for, it is
  /// that one, and else the API server's default, with a remark.
  init(at path: String, namespaces: [String]) throws {
    let asked = Set(namespaces)
    let home = asked.count == 1 ? asked.first : nil
    let found = try InputFiles(at: path)
    for file in found.files { try read(file, home: home ?? "default") }
    if let links = Self.passedLinks(of: found, in: path) {
      remarks.append(links)
      exitCode = links.exitCode
    }
    if home == nil, !homeless.isEmpty {
      remarks.append(
        Complaint(
          "without a namespace, and taken for `default`'s: \(homeless.joined(separator: ", "))",
          hint: "with one `--ns NAME` they are taken for that namespace's", exitCode: .done))
    }
    if policies.isEmpty { remarks.append(emptiness(of: path)) }
  }

  private mutating func read(_ file: InputFile, home: String) throws {
    let reading: PolicyReading
    do {
      // No namespace has an empty name, so this tells who has none.
      reading = try PolicyReading(file.bytes, file: file.path, defaultNamespace: "")
    } catch {
      throw Self.complaint(error, in: file.path, wanted: "a manifest")
    }
    if let problem = reading.problems.first {
      let name = problem.policy.hasPrefix("/") ? home + problem.policy : problem.policy
      throw Self.complaint(problem, called: name, in: file.path)
    }
    remarks += reading.renamedLabels.map { Self.remark($0, in: file.path) }
    passedOver.merge(reading.passedOver, uniquingKeysWith: +)
    for var policy in reading.policies {
      if policy.namespace.isEmpty {
        homeless.append(policy.name)
        policy.namespace = home
      }
      policies.append(policy)
    }
  }

  private func emptiness(of path: String) -> Complaint {
    let kinds = passedOver.sorted { $0.key < $1.key }
      .map { "\($0.value) \($0.key.isEmpty ? "without a kind" : $0.key)" }
    let others = kinds.isEmpty ? "nothing else either" : "but \(kinds.joined(separator: ", "))"
    return Complaint("`\(path)` holds no NetworkPolicy, \(others)", exitCode: .done)
  }

  /// Says the remarks.
  func tell(on terminal: inout Terminal) {
    for remark in remarks { terminal.warn(remark.message, detail: remark.detail, hint: remark.hint) }
  }

  /// The words for links that were not followed; nil where there are none.
  static func passedLinks(of found: InputFiles, in path: String) -> Complaint? {
    guard !found.passedLinks.isEmpty else { return nil }
    return Complaint(
      "\(found.passedLinks.count.counted("link")) in `\(path)` \(found.passedLinks.count == 1 ? "leads" : "lead") out of it or nowhere, and \(found.passedLinks.count == 1 ? "was" : "were") not followed",
      detail: found.passedLinks, hint: "name what they lead to, or copy it into the folder",
      exitCode: .input)
  }

  /// A label that is read under another name than it seems to have; it counts as it is read.
  static func remark(_ label: RenamedLabel, in file: String) -> Complaint {
    let place = label.position.map { ":\($0.line)" } ?? ""
    return Complaint("`\(file)\(place)`: \(label.message)", hint: label.hint, exitCode: .done)
  }

  /// A policy that the API server would refuse, and all that is wrong with it.
  static func complaint(_ error: PolicyError, called name: String? = nil, in file: String) -> Complaint {
    Complaint(
      "`\(name ?? error.policy)` in `\(file)` is no valid NetworkPolicy",
      detail: error.causes.map { cause in
        let place = cause.position.map { "line \($0.line): " } ?? ""
        return place + cause.description
      },
      hint: error.hint, exitCode: .input)
  }

  /// A text that is no document, with its place.
  static func complaint(_ error: DocumentError, in file: String, wanted: String) -> Complaint {
    let place = error.position.map { ":\($0.line)" } ?? ""
    return Complaint(
      "`\(file)\(place)` is not \(wanted): \(error.message)", hint: error.hint, exitCode: .input)
  }
}
