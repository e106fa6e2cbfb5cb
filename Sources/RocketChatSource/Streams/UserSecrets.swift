/// What the document of a user loses on its way out, whichever stream it stands in.
enum UserSecrets {
    /// Passwords, login tokens and second factors; private keys; the invitation by which the user came; tokens of YouTube.
    ///
    /// Current list routes return none of them, but servers before 3.13 handed out nearly whole documents (api/server/api.js,
    /// where they are excluded route by route; `settings.livestream` in livestream/server/routes.js).
    static let dropped = ["services", "e2e", "inviteToken", "settings.livestream"]
}
