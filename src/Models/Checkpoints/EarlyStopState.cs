namespace AeVae.Models.Checkpoints;

/// <summary>Where the early-stop rule stands.</summary>
/// <param name="Best">Best value so far; null before the first.</param>
/// <param name="Waited">Evaluated epochs since.</param>
sealed record EarlyStopState(double? Best, int Waited);
