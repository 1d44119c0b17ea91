namespace AeVae.Tracking;

/// <summary>Runs were asked for by a metric, a key or a column that none has, or by a condition that is none.</summary>
/// <param name="message">What was asked for, and what there is.</param>
public sealed class UnknownNameException(string message) : Exception(message);
