extension PlatformState {
    /// Login, validate, logout and password change.
    mutating func login(_ request: LoginRequest?, token: String?, now: Duration) -> Answer {
        guard let request else { return .badRequest("clientName, userName and password are needed, as JSON.") }
        guard let user = admitted(request, token: token, now: now), let token else { return .unauthorized }
        let profile = profile(at: user.client)
        let session = sessions.open(
            for: .init(user: user, token: token), role: account(of: user).role,
            readsEveryClient: account(of: user).userName == EmulatorManifest.fleetUserName && user.client == 0,
            passwordExpires: passwordExpiry(of: user, in: profile), now: now)
        var members: [OrderedJSON.Member] = [
            .init(key: "sessionId", value: .string(session.id)),
            .init(key: "clientId", value: .number(profile.id)),
            .init(key: "userId", value: .number(account(of: user).userID)),
        ]
        if let expiry = passwordExpiry(of: user, in: profile) {
            members.append(.init(key: "daysUntilPasswordExpires", value: .number(Self.wholeDays(expiry - now))))
        }
        return .json(.object(members))
    }

    /// Sets a new password, which ends the user's sessions, whatever their token.
    mutating func changePassword(_ request: LoginRequest?, token: String?, now: Duration) -> Answer {
        guard let request, let newPassword = request.newPassword, !newPassword.isBlank else {
            return .badRequest("clientName, userName, password and newPassword are needed, as JSON.")
        }
        guard let user = admitted(request, token: token, now: now) else { return .unauthorized }
        users.setPassword(newPassword, of: user, now: now)
        sessions.endAll(of: user)
        return .noContent
    }

    mutating func validate(session id: String, now: Duration) -> Answer {
        sessions.live(id, now: now) == nil ? .notFound : .noContent
    }

    mutating func logout(session id: String, now: Duration) -> Answer {
        guard sessions.live(id, now: now) != nil else { return .notFound }
        sessions.end(id)
        return .noContent
    }

    /// The user whose credentials these are; counts failures towards the client's own lockout.
    private mutating func admitted(_ request: LoginRequest, token: String?, now: Duration) -> UserKey? {
        guard let place = place(ofCode: request.clientName) else { return nil }
        let account = accounts[place]
        // A wrong token is not the user's failure: it must not let strangers lock users.
        guard let token, token == account.accessToken || token == account.secondAccessToken else { return nil }
        let found = account.users.firstIndex { user in
            guard (user.role == .agent) == request.agent else { return false }
            return request.agent
                ? user.userName.lowercased() == request.userName.lowercased()
                : user.userName.utf8.elementsEqual(request.userName.utf8)
        }
        guard let found else { return nil }
        let user = UserKey(client: place, user: found)
        guard !users.isLocked(user) else { return nil }
        let profile = profile(at: place)
        let password = users.changedPassword(of: user)?.text ?? account.users[found].password
        guard password.utf8.elementsEqual(request.password.utf8) else {
            let setting = request.agent ? "maxFailedAcdLoginAttempts" : "maxFailedCcsLoginAttempts"
            users.countFailure(of: user, limit: profile.internalNumber(setting) ?? 0)
            return nil
        }
        if let expiry = passwordExpiry(of: user, in: profile), now >= expiry { return nil }
        users.forgetFailures(of: user)
        return user
    }

    /// When the password of `user` runs out on the platform's clock; `nil` where the client sets no expiry.
    func passwordExpiry(of user: UserKey, in profile: ClientProfile) -> Duration? {
        guard let days = profile.internalNumber("passwordExpirationDays"), days > 0 else { return nil }
        if let changed = users.changedPassword(of: user) { return changed.setAt + .seconds(86_400 * days) }
        var generator = SeededGenerator(seed: fleet.seed, purpose: .passwordAge, number: account(of: user).userID)
        return .seconds(86_400 * (days - generator.number(0...10)))
    }

    private func account(of user: UserKey) -> EmulatorUser { accounts[user.client].users[user.user] }

    /// Days begun, as a countdown shows them.
    private static func wholeDays(_ duration: Duration) -> Int {
        Int((duration.components.seconds + 86_399) / 86_400)
    }
}
