namespace AeVae.Tracking;

/// <summary>No run has a metric or key of the name that was asked for.</summary>
/// <param name="message">What was asked for, and what there is.</param>
public sealed class UnknownNameException(string message) : Exception(message);
