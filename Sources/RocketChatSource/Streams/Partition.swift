package import JSONBytes

/// A list endpoint that is asked once for each parent: each room, team, role, user or department.
package struct Partition: Sendable {
    /// What the endpoint is asked for, one by one.
    package enum Parents: Sendable {
        /// Rooms that the configuration selects and the token may read.
        case rooms
        /// Teams: all of them for an administrator, otherwise those of the token's user.
        case teams
        /// Roles of the workspace and of rooms.
        case roles
        /// Users whose messages were reported.
        case reportedUsers
        /// Departments of the omnichannel service.
        case departments
    }

    /// What an incremental read can leave out.
    package enum Growth: Sendable {
        /// Nothing: rows carry no date that could be trusted. Each sync delivers them all, and says what is gone.
        case none
        /// Rows are read newest first by this field, until a known one is met. They never change, but for those that have a
        /// date in the field `pending`: these are read again until they have lost it, or are gone.
        case newestFirst(by: String, pending: String? = nil)
        /// The walk is whole, but only rows whose date in this field is younger than the last sync are delivered.
        case changed(by: String)
    }

    /// One endpoint and the parents it is for.
    package struct Variant: Sendable {
        /// The endpoint; its own requirement and version decide whether it is tried.
        package let endpoint: ListEndpoint
        /// Parameter that carries the parent's id: of the query, or a place in the endpoint's path (`:_id`).
        package let parameter: String
        /// Kinds of parent that the endpoint takes (`c`, `p`, `d` for rooms); empty for all.
        package let kinds: Set<String>

        package init(_ endpoint: ListEndpoint, parameter: String, kinds: Set<String> = []) {
            self.endpoint = endpoint
            self.parameter = parameter
            self.kinds = kinds
        }
    }

    /// A key below the top level that is added at the top, because destinations need keys there.
    package struct Lift: Sendable {
        /// Where the value is.
        package let path: FieldPath
        /// Name that it gets.
        package let name: String

        /// Adds the value at `path`, of at most two components, as `name`.
        package init(_ path: String, as name: String) {
            self.path = FieldPath(path)
            self.name = name
        }
    }

    /// The parents.
    package let parents: Parents
    /// Field that carries the parent's id in each row.
    package let key: String
    /// Where a row's own key is: what tells it from the other rows of its parent.
    package let rowKey: FieldPath
    /// The row's key at the top level, where the server has it deeper.
    package let lift: Lift?
    /// Endpoints in order: the first that takes the parent's kind and that the server has is asked.
    package let variants: [Variant]
    /// What an incremental read can leave out.
    package let growth: Growth

    /// A partition whose rows have their key `_id` at the top.
    package init(of parents: Parents, as key: String, growth: Growth = .none, _ variants: Variant...) {
        self.parents = parents
        self.key = key
        rowKey = "_id"
        lift = nil
        self.variants = variants
        self.growth = growth
    }

    /// A partition whose rows have their key deeper.
    package init(of parents: Parents, as key: String, lift: Lift, growth: Growth = .none, _ variants: Variant...) {
        self.parents = parents
        self.key = key
        rowKey = lift.path
        self.lift = lift
        self.variants = variants
        self.growth = growth
    }

    /// Whether each sync reads all rows of a parent, so that one that it lacks is gone.
    package var isReadWhole: Bool { if case .none = growth { true } else { false } }

    /// Name of the field that has a row's own key at the top level.
    var rowKeyName: String { lift?.name ?? "_id" }

    /// Fields that the reader adds to each row.
    package var addedFields: [String] { [key] + (lift.map { [$0.name] } ?? []) }
}
