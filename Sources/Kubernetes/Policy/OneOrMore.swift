/// A list that cannot be empty.
///
/// In a NetworkPolicy an empty list of peers or ports means the opposite of what it looks like: everybody. So the
/// lists that a rule holds have at least one element, and "everybody" is a case of its own.
public struct OneOrMore<Element> {
  private let elements: [Element]

  /// The list of these elements.
  public init(_ first: Element, _ more: Element...) {
    elements = [first] + more
  }

  /// The list of these elements; nil when there are none.
  public init?(_ elements: [Element]) {
    guard !elements.isEmpty else { return nil }
    self.elements = elements
  }

  /// The list that begins with `first`.
  public init(_ first: Element, then more: [Element]) {
    elements = [first] + more
  }

  private init(known elements: [Element]) {
    self.elements = elements
  }

  /// The same elements in another order.
  public func sorted(by areInOrder: (Element, Element) -> Bool) -> OneOrMore {
    OneOrMore(known: elements.sorted(by: areInOrder))
  }
}

extension OneOrMore where Element: Comparable {
  /// The same elements in order, each once.
  public var canonical: OneOrMore {
    OneOrMore(
      known: elements.sorted().reduce(into: []) { list, element in
        if list.last != element { list.append(element) }
      })
  }
}

extension OneOrMore: RandomAccessCollection {
  /// Where the first element is.
  public var startIndex: Int { 0 }
  /// One past the last element.
  public var endIndex: Int { elements.count }
  /// The element at an index.
  public subscript(index: Int) -> Element { elements[index] }
}

extension OneOrMore: Equatable where Element: Equatable {}
extension OneOrMore: Hashable where Element: Hashable {}
extension OneOrMore: Sendable where Element: Sendable {}
