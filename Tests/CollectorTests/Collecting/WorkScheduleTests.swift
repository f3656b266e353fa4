import AuditModel
import Testing

@testable import Collector

struct WorkScheduleTests {
    private typealias Job = WorkSchedule.Job

    @Test func `one worker goes through the clients one by one`() {
        var schedule = WorkSchedule(clients: 2)
        var jobs: [Job] = []
        while let job = schedule.next(after: jobs.last?.client, groups: { _ in [.settings, .internal] }) {
            jobs.append(job)
        }
        #expect(
            jobs == [
                Job(client: 0, group: .internal, isFirst: true), Job(client: 0, group: .settings, isFirst: false),
                Job(client: 1, group: .internal, isFirst: true), Job(client: 1, group: .settings, isFirst: false),
            ])
    }

    @Test func `a worker helps others only when no client is left to begin`() {
        var schedule = WorkSchedule(clients: 2)
        let groups = { (_: Int) in Set(SettingsGroup.allCases) }
        #expect(schedule.next(after: nil, groups: groups)?.client == 0)
        #expect(schedule.next(after: nil, groups: groups)?.client == 1)
        #expect(schedule.next(after: nil, groups: groups) == Job(client: 0, group: .settings, isFirst: false))
        #expect(schedule.next(after: 1, groups: groups) == Job(client: 1, group: .settings, isFirst: false))
    }

    @Test func `every group of every client comes exactly once`() {
        var schedule = WorkSchedule(clients: 7)
        var jobs: Set<String> = []
        var currents: [Int?] = [nil, nil, nil]
        var worker = 0
        while let job = schedule.next(
            after: currents[worker], groups: { $0 == 3 ? [.countries] : Set(SettingsGroup.allCases) })
        {
            #expect(jobs.insert("\(job.client) \(job.group)").inserted)
            currents[worker] = job.client
            worker = (worker + 1) % 3
        }
        #expect(jobs.count == 31)
    }
}
