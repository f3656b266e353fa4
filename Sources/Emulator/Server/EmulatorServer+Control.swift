import NIOCore

extension EmulatorServer {
    /// The night of the scenario that is being served.
    public var night: Int { platform.withState { $0.night } }

    /// Serves another night from now on. Writes to voice pools stay, laid over the new night's pools.
    public func setNight(_ night: Int) async { platform.withState { $0.setNight(night) } }

    /// Moves the platform's clock on: sessions and passwords grow older.
    public func advanceClock(by duration: Duration) async { platform.advanceClock(by: duration) }

    /// Lifts all locks after failed logins, as a Sysadmin does in the portal.
    public func unlockUsers() async { platform.withState { $0.users.unlockAll() } }

    /// Ends every session, as the platform does when it restarts.
    public func endSessions() async { platform.withState { $0.sessions.revise { _ in nil } } }

    /// The ids of the sessions that are open: what no log, report or database may ever contain.
    public var sessionIDs: [String] { platform.withState { $0.sessions.ids } }

    /// Every attempt to write since the start.
    public var trail: [EmulatorTrailEntry] { platform.withState { $0.trail } }

    /// Requests since the start, or since the last reset.
    public var statistics: EmulatorStatistics { platform.statistics }

    /// Starts counting anew.
    public func resetStatistics() async { platform.resetStatistics() }

    /// Adds a fault at the end of the table.
    public func add(_ fault: EmulatorFault) async { platform.withState { $0.faults.append(fault) } }

    /// The table of faults: what is used up is no longer in it.
    public var faults: [EmulatorFault] { platform.withState { $0.faults } }

    /// Empties the table of faults.
    public func removeFaults() async { platform.withState { $0.faults = [] } }

    /// Serves any bytes as one body of a client, on every night, until ``restoreBody(ofClient:group:)``.
    /// - Returns: `false` where there is no such client.
    @discardableResult
    public func replaceBody(
        ofClient id: Int, group: EmulatorGroup, with bytes: [UInt8], contentType: String = "application/json"
    ) async -> Bool {
        platform.withState { state in
            guard let place = state.fleet.place(ofClient: id) else { return false }
            state.replaceBody(
                at: place, group, with: .init(bytes: ByteBuffer(bytes: bytes), contentType: contentType))
            return true
        }
    }

    /// Serves the fleet's own body again.
    public func restoreBody(ofClient id: Int, group: EmulatorGroup) async {
        platform.withState { state in
            guard let place = state.fleet.place(ofClient: id) else { return }
            state.replaceBody(at: place, group, with: nil)
        }
    }
}
