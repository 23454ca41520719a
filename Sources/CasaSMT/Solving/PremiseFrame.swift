/// What is assumed between a push and its pop.
///
/// Only the last frame grows: that is where premises go.
struct PremiseFrame {
    /// Never used again, so that a frame is not taken for one that was popped.
    let number: Int
    var premises: [Boolean] = []
}
