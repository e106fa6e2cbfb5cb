/// The server settings that change answers, by their names on the server.
package struct SandboxSettings: Sendable {
    /// `Message_KeepHistory`.
    package var keepHistory = false
    /// `Message_ShowDeletedStatus`.
    package var showDeletedStatus = false
    /// `Threads_enabled`.
    package var threadsEnabled = true
    /// `API_Enable_Direct_Message_History_EndPoint`.
    package var directMessageHistory = false
    /// `API_Apply_permission_view-outside-room_on_users-list`.
    package var outsideRoomOnUsersList = false
    /// `Hide_System_Messages`: types that `*.history` leaves out.
    package var hiddenSystemMessages: [String] = []
    /// `API_Default_Count`.
    package var defaultCount = 50
    /// `API_Upper_Count_Limit`.
    package var upperCountLimit = 100
    /// `API_Allow_Infinite_Count`.
    package var allowInfiniteCount = true
    /// `API_Enable_Rate_Limiter` with its default calls and interval; nil when off.
    package var limit: RateLimit?
    /// Environment `ALLOW_UNSAFE_QUERY_AND_FIELDS_API_PARAMS`: `query` and `fields` work on 7.x and 8.x too.
    package var allowQueryAndFields = false
    /// Environment `HTTP_FORWARDED_COUNT`: proxies trusted in `X-Forwarded-For`.
    package var forwardedCount = 1
    /// Longest time in milliseconds between the trash records of a bulk removal in `live` and the removal itself.
    package var removalPause: Int64 = 0
    /// Whether 8.x tells each member's whole subscription, with keys and drafts, instead of four members of it.
    package var fullSubscriptions = false
    /// Milliseconds between two runs of a retention policy that stamps every room and changes nothing else; nil for none.
    package var retentionInterval: Int64?
    /// Ids of the departments to which units restrict a user, by the user's id; without a licence it has no effect.
    package var unitDepartments: [String: [String]] = [:]
    /// `Livechat_enabled`.
    package var livechatEnabled = true
    /// What the server does wrong itself, planted to see whether it is found.
    package var defects: Set<SandboxDefect> = []
    /// Whether the server has an Enterprise licence: units restrict their users, and live chats have tags to choose from.
    package var isLicensed = true

    /// The server's defaults.
    package init() {}
}
