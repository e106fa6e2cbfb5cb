/// Where the records and the envelope's scalars sit in a page, as paths of object keys from the root.
///
/// The empty path is the root itself. An array at a list's path holds records; an object there is one record; anything
/// else means the list is absent.
package struct PageLayout: Sendable {
    /// The paths of the record lists, for example `[["result", "updated"], ["result", "deleted"]]`.
    package let lists: [[String]]
    /// The paths of single values to note, for example `[["success"], ["cursor", "next"]]`.
    package let scalars: [[String]]

    /// A layout with the given paths.
    package init(lists: [[String]], scalars: [[String]] = []) {
        self.lists = lists
        self.scalars = scalars
    }
}
