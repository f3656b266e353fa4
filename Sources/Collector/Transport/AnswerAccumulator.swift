import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Synchronization

/// Takes in one answer as it arrives, and breaks it off where it gets too large.
final class AnswerAccumulator: HTTPClientResponseDelegate, Sendable {
    typealias Response = TransportAnswer

    /// The body of a refusal is larger than is worth reading; the answer without it.
    struct BodyOfRefusalIsTooLarge: Error {
        var answer: TransportAnswer
    }

    private struct State {
        var answer = TransportAnswer(status: 0, body: [])
        var body: ByteBuffer?
        var limitInBytes: Int

        // The body of a refusal only adds a clause to it, so that its size must not hide the status.
        var tooLarge: any Error {
            answer.status == 200
                ? TransportFailure(kind: .tooLarge, detail: "it is larger than \(limitInBytes) bytes")
                : BodyOfRefusalIsTooLarge(answer: answer)
        }
    }

    // All of it happens on one event loop, so that nobody ever waits for the lock.
    private let state: Mutex<State>

    init(limitInBytes: Int) { state = Mutex(State(limitInBytes: limitInBytes)) }

    func didReceiveHead(
        task: HTTPClient.Task<TransportAnswer>, _ head: HTTPResponseHead
    ) -> EventLoopFuture<Void> {
        let trouble = state.withLock { state -> (any Error)? in
            state.answer = TransportAnswer(
                status: Int(head.status.code), body: [], retryAfter: head.headers.first(name: "Retry-After"),
                server: head.headers.first(name: "Server"), date: head.headers.first(name: "Date"))
            if head.status != .ok { state.limitInBytes = min(state.limitInBytes, 64 << 10) }
            let announced = head.headers.first(name: "Content-Length").flatMap { Int($0) } ?? 0
            return announced > state.limitInBytes ? state.tooLarge : nil
        }
        return future(trouble, task)
    }

    func didReceiveBodyPart(
        task: HTTPClient.Task<TransportAnswer>, _ part: ByteBuffer
    ) -> EventLoopFuture<Void> {
        let trouble = state.withLock { state -> (any Error)? in
            guard let size = state.body?.readableBytes else {
                state.body = part
                return part.readableBytes > state.limitInBytes ? state.tooLarge : nil
            }
            guard size + part.readableBytes <= state.limitInBytes else { return state.tooLarge }
            state.body?.writeImmutableBuffer(part)
            return nil
        }
        return future(trouble, task)
    }

    func didFinishRequest(task: HTTPClient.Task<TransportAnswer>) -> TransportAnswer {
        state.withLock { state in
            if let body = state.body { state.answer.body = Array(buffer: body) }
            return state.answer
        }
    }

    private func future(_ trouble: (any Error)?, _ task: HTTPClient.Task<TransportAnswer>) -> EventLoopFuture<Void> {
        trouble.map { task.eventLoop.makeFailedFuture($0) } ?? task.eventLoop.makeSucceededVoidFuture()
    }
}
