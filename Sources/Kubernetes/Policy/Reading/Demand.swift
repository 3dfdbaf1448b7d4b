/// What the API server asks of values; each case says what its `words` say.
public enum Demand: Hashable, Sendable {
  case nameOrGenerateName
  case subdomain
  case subdomainLength
  case namespaceName
  case namespaceLength
  case apiVersion
  case kind
  case labelKey
  case namePart
  case namePartNotEmpty
  case namePartLength
  case prefixPart
  case prefixPartLength
  case prefixPartNotEmpty
  case labelValue
  case labelValueLength
  case selectorOperator
  case valuesPresent
  case valuesAbsent
  case portNumber
  case portNameLength
  case portNameCharacters
  case letterInPortName
  case singleHyphensInPortName
  case noOuterHyphenInPortName
  case endPortNotBelow
  case endPortWithNumber
  case endPortWithPort
  case cidr
  case noLeadingZeros
  case noHostBits
  case noMappedAddress
  case strictSubset
  case somePeer
  case blockAlone
  case twoPolicyTypes
}

extension Demand {
  /// The words.
  public var words: String {
    switch self {
    case .subdomain: Self.subdomainWords
    case .nameOrGenerateName: "name or generateName is required"
    case .subdomainLength: "must be no more than 253 characters"
    case .namespaceName:
      "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start "
        + "and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is "
        + "'[a-z0-9]([-a-z0-9]*[a-z0-9])?')"
    case .namespaceLength: "must be no more than 63 characters"
    case .apiVersion: "must be networking.k8s.io/v1"
    case .kind: "must be NetworkPolicy"
    case .labelKey:
      "a valid label key must consist of \(Self.nameWords) with an optional DNS subdomain prefix and '/' "
        + "(e.g. 'example.com/MyName')"
    case .namePart: "name part must consist of \(Self.nameWords)"
    case .namePartNotEmpty: "name part must be non-empty"
    case .namePartLength: "name part must be no more than 63 bytes"
    case .prefixPart: "prefix part \(Self.subdomainWords)"
    case .prefixPartLength: "prefix part must be no more than 253 characters"
    case .prefixPartNotEmpty: "prefix part must be non-empty"
    case .labelValue:
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must "
        + "start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used "
        + "for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"
    case .labelValueLength: "must be no more than 63 bytes"
    case .selectorOperator: "not a valid selector operator"
    case .valuesPresent: "must be specified when `operator` is 'In' or 'NotIn'"
    case .valuesAbsent: "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"
    case .portNumber: "must be between 1 and 65535, inclusive"
    case .portNameLength: "must be no more than 15 characters"
    case .portNameCharacters: "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)"
    case .letterInPortName: "must contain at least one letter (a-z)"
    case .singleHyphensInPortName: "must not contain consecutive hyphens"
    case .noOuterHyphenInPortName: "must not begin or end with a hyphen"
    case .endPortNotBelow: "must be greater than or equal to `port`"
    case .endPortWithNumber: "may not be specified when `port` is non-numeric"
    case .endPortWithPort: "may not be specified when `port` is not specified"
    case .cidr: "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)"
    case .noLeadingZeros: "must not have leading 0s in IP or prefix length"
    case .noHostBits: "must not have bits set beyond the prefix length"
    case .noMappedAddress: "must not have an IPv4-mapped IPv6 address"
    case .strictSubset: "must be a strict subset of `cidr`"
    case .somePeer: "must specify a peer"
    case .blockAlone: "may not specify both ipBlock and another peer"
    case .twoPolicyTypes: "may not specify more than two policyTypes"
    }
  }

  private static let subdomainWords =
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must "
    + "start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is "
    + #"'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"#

  private static let nameWords =
    "alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. "
    + "'MyName',  or 'my.name',  or '123-abc', regex used for validation is "
    + "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"
}
