/// How far a voice pool is on a plan's way: the one thing that decides what is done after a kill or a time-out.
///
/// | the journal knows | the pool is | position |
/// |---|---|---|
/// | of no intent | the one seen | at 0 |
/// | of no intent | the one wanted | at the end: somebody else has done it |
/// | of no intent | another | moved, even if it is one on the way |
/// | of intents | one on the way, not before what is known to have taken effect | there |
/// | of intents | one on the way, but before that | undone: somebody took it back |
/// | of intents | another | moved |
public enum PoolPosition: Sendable, Hashable {
    /// So many writes, from the first on, are in effect.
    case at(Int)
    /// Writes that took effect are not in effect any more: from this one on.
    case undone(Int)
    /// Others have changed the pool: what it has and lacks against the nearest one on the way.
    case moved(has: [Int], lacks: [Int])

    /// Where a pool is.
    public init(of pool: Set<Int>, in plan: RemediationPlan, knowing history: PlanHistory) {
        let pools = plan.pools
        guard let place = pools.firstIndex(of: pool) else {
            let nearest = pools[history.isTouched ? history.known : 0]
            self = .moved(has: pool.subtracting(nearest).sorted(), lacks: nearest.subtracting(pool).sorted())
            return
        }
        if !history.isTouched, place != 0, place != plan.actions.count {
            self = .moved(has: pool.subtracting(pools[0]).sorted(), lacks: pools[0].subtracting(pool).sorted())
        } else if place < history.known {
            self = .undone(place)
        } else {
            self = .at(place)
        }
    }
}
