/// Everything found in a page, as flat arrays.
struct PageIndex {
    /// The range of one list's elements in the flat arrays.
    struct List {
        /// Whether the page holds the list at all.
        var isPresent = false
        /// Whether it is an array, and not one record in the place of it.
        var isArray = false
        /// Index of the first element.
        var first = 0
        /// How many elements there are.
        var count = 0
        /// Index of the first element's first probe.
        var firstProbe = 0
        /// How many probes each element has.
        var probeCount = 0
    }

    /// One entry per list of the format.
    var lists: [List]
    /// One entry per scalar of the format.
    var scalars: [Slice]
    /// The elements of all lists.
    var records: [RecordEntry] = []
    /// The probes of all elements.
    var probes: [Slice] = []
    /// The edits of all elements, in the order of their places.
    var edits: [RecordEdit] = []

    /// Nothing found yet.
    init(plan: PagePlan) {
        lists = Array(repeating: List(), count: plan.tables.count)
        scalars = Array(repeating: Slice(), count: plan.scalarCount)
    }
}

/// Where one element of a list is, and what must be done to it on the way out.
struct RecordEntry {
    /// What keeps an element from going out as it stands, besides its edits.
    struct Needs: OptionSet {
        /// One bit per need.
        let rawValue: UInt8

        /// There is white space between its tokens.
        static let compacting = Needs(rawValue: 1)
        /// Its texts hold something to be rewritten: U+2028, U+2029, U+0085, U+0000 or a lone surrogate; or a number
        /// is larger than any reader takes.
        static let rewriting = Needs(rawValue: 2)
        /// Its texts may hold access tokens of Slack.
        static let masking = Needs(rawValue: 4)
    }

    /// The offset of the first byte.
    var start: UInt32
    /// The offset behind the last byte.
    var end: UInt32
    /// The first of its edits.
    var firstEdit: UInt32 = 0
    /// How many edits it has.
    var editCount: UInt32 = 0
    /// What else keeps it from going out as it stands.
    var needs: Needs = []
    /// Whether it is an object with a field left.
    var isRecord = false
}
