/// Where the record lists and the single values of a page are, as paths of object keys from the root, and of what shape the
/// records are.
///
/// It hands out the names by which a `ScannedPage` is asked, so that none can be asked for what it was not scanned for. The empty
/// path is the root itself. An array at a list's path holds records; an object there is one record; anything else means that
/// the list is absent.
package struct PageFormat: Sendable {
    /// Names one list of a page.
    package struct List: Sendable, Hashable {
        /// Its place among the lists.
        let number: Int

        /// The list that a format was made with: of most pages the only one.
        package static let first = List(number: 0)
    }

    /// Names one single value of a page.
    package struct Scalar: Sendable, Hashable {
        /// Its place among the scalars.
        let number: Int
    }

    /// A list's place and the shape of its records.
    struct ListPlace: Sendable {
        /// Keys from the root.
        let path: [String]
        /// What is told of each record.
        let shape: RecordShape
    }

    /// The lists, in the order of their names.
    private(set) var lists: [ListPlace] = []
    /// The paths of the scalars, in the order of their names.
    private(set) var scalars: [[String]] = []

    /// A page without lists: to be validated, and asked for scalars.
    package init() {}

    /// A page whose list `.first` is at `path`.
    package init(list path: [String], of shape: RecordShape) {
        lists = [ListPlace(path: path, shape: shape)]
    }

    /// Adds a list, for example at `["result", "deleted"]`.
    package mutating func list(at path: [String], of shape: RecordShape) -> List {
        lists.append(ListPlace(path: path, shape: shape))
        return List(number: lists.count - 1)
    }

    /// Adds a single value, for example at `["cursor", "next"]`.
    @discardableResult
    package mutating func scalar(at path: [String]) -> Scalar {
        scalars.append(path)
        return Scalar(number: scalars.count - 1)
    }

    /// The scalar that was added with this path.
    package func existingScalar(at path: [String]) -> Scalar? {
        scalars.firstIndex(of: path).map { Scalar(number: $0) }
    }

    /// Every list with its path.
    package var allLists: [(list: List, path: [String])] {
        lists.enumerated().map { (List(number: $0), $1.path) }
    }
}
