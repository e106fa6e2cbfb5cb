/// The server's daily count of itself (rocket-chat-api.md §4.8). Its fields vary much by version; all known ones are declared.
///
/// The server keeps them for a year from 8.2 on. It is never asked to count anew (`refresh`), which would write.
package let statisticsStream = StreamDefinition(
    name: "statistics",
    summary: "What the server counted on one day: users, rooms, messages, uploads and more.",
    cursor: "createdAt",
    fields: [
        .string("_id", "Id of the count"),
        .timestamp("createdAt", "When it was made: the cursor"),
        .timestamp("_updatedAt"),
        .timestamp("installedAt"),
        .timestamp("lastLogin"),
        .timestamp("lastMessageSentAt"),
        .timestamp("lastSeenSubscription"),
        .objects("omnichannelSources"),
    ] + texts.map { .string($0) } + counters.map { .integer($0) } + switches.map { .boolean($0) }
        + groups.map { .object($0) },
    // A signed copy of the counts for the maker's cloud.
    dropped: ["statsToken"],
    needs: .permission("view-statistics"),
    reading: .growing(
        ListEndpoint(
            "v1/statistics.list", rows: ["statistics"], paging: .offset(sort: #"{"createdAt":-1,"_id":-1}"#))))

private let texts = [
    "uniqueId", "version", "tag", "branch", "deploymentFingerprintHash", "routingAlgorithm",
    "visitorAbandonment", "fileStoreType", "mongoVersion", "mongoStorageEngine",
]

private let counters = [
    "totalUsers", "activeUsers", "activeGuests", "nonActiveUsers", "appUsers", "onlineUsers",
    "awayUsers", "busyUsers", "totalConnectedUsers", "offlineUsers", "totalRooms",
    "totalChannels", "totalPrivateGroups", "totalDirect", "totalLivechat", "totalDiscussions",
    "totalThreads", "totalLivechatVisitors", "totalLivechatAgents", "totalLivechatManagers",
    "totalLivechatRoomsWithPriority", "totalLivechatRoomsWithDepartment", "departments",
    "archivedDepartments", "totalTriggers", "totalCustomFields",
    "totalLivechatPublicCustomFields", "emailInboxes", "chatsOnHold", "totalChannelMessages",
    "totalPrivateGroupMessages", "totalDiscussionsMessages", "totalDirectMessages",
    "totalLivechatMessages", "totalMessages", "uploadsTotal", "uploadsTotalSize",
    "instanceCount", "pushQueue", "push", "dashboardCount", "messageAuditApply",
    "messageAuditLoad", "joinJitsiButton", "slashCommandsJitsi", "totalBroadcastRooms",
    "roomsInsideTeams", "totalTriggeredEmails", "totalRoomsWithStarred", "totalRoomsWithPinned",
    "totalUserTOTP", "totalUserEmail2fa", "totalPinned", "totalStarred", "totalLinkInvitation",
    "totalLinkInvitationUses", "totalEmailInvitation", "totalE2ERooms",
    "totalEncryptedMessages", "totalOTR", "totalOTRRooms", "totalManuallyAddedUsers", "totalSubscriptionRoles",
    "totalUserRoles", "totalCustomRoles", "totalWebRTCCalls", "omnichannelWebRTCCalls",
    "uncaughtExceptionsCount", "dailyPeakConnections", "maxMonthlyPeakConnections",
    "federatedServers", "federatedUsers", "voipCalls", "voipExtensions", "voipSuccessfulCalls",
    "voipErrorCalls", "voipOnHoldCalls",
]

private let switches = [
    "livechatEnabled", "isDepartmentRemovalEnabled",
    "livechatAutomaticForwardingUnansweredChats", "onHoldEnabled", "lastChattedAgentPreferred",
    "assignNewConversationsToContactManager", "voipEnabled", "webRTCEnabled",
    "webRTCEnabledForOmnichannel", "enterpriseReady", "fips", "readReceiptsEnabled",
    "readReceiptsDetailed", "msEnabled", "oplogEnabled", "deploymentFingerprintVerified",
    "logoChange", "showHomeButton", "homeTitleChanged", "homeBodyChanged", "customCSSChanged",
    "onLogoutCustomScriptChanged", "loggedOutCustomScriptChanged",
    "loggedInCustomScriptChanged", "pushSecured", "allowUnsafeQueryAndFieldsApiParamsEnabled",
]

private let groups = [
    "wizard", "userLanguages", "BusinessHours", "uniqueContactsOfLastMonth",
    "uniqueContactsOfLastWeek", "uniqueContactsOfYesterday", "omnichannelContactsBySource",
    "os", "process", "deploy", "migration", "apps", "uniqueUsersOfYesterday",
    "uniqueUsersOfLastWeek", "uniqueUsersOfLastMonth", "uniqueDevicesOfYesterday",
    "uniqueDevicesOfLastWeek", "uniqueDevicesOfLastMonth", "uniqueOSOfYesterday",
    "uniqueOSOfLastWeek", "uniqueOSOfLastMonth", "services", "importer", "videoConf",
    "contactVerification", "settings", "integrations", "enterprise", "teams",
    "matrixFederation", "federationOverviewData",
]
