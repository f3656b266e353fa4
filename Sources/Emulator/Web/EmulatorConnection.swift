import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1

/// What Hummingbird's server does with a connection that it has accepted.
///
/// Requests are answered where they arrive, on the connection's event loop, and not by Hummingbird's own HTTP layer: an
/// answer needs a look at the state and no waiting, and a task hop or two would cost more than all of it. The emulator is
/// one half of every measured night.
struct EmulatorConnection: ServerChildChannel {
    let platform: Platform

    /// An open connection.
    struct Value: ServerChildChannelValue {
        let channel: any Channel
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            // Validated where they are made: see RequestHandler.headerValue(_:).
            try pipeline.configureHTTPServerPipeline(
                withPipeliningAssistance: false, withErrorHandling: true, withOutboundHeaderValidation: false)
            try pipeline.addHandler(RequestHandler(platform: platform))
            return Value(channel: channel)
        }
    }

    func handle(value: Value, logger: Logger) async {
        await withTaskCancellationHandler {
            try? await value.channel.closeFuture.get()
        } onCancel: {
            value.channel.close(promise: nil)
        }
    }
}
