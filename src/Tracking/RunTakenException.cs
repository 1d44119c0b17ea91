namespace AeVae.Tracking;

/// <summary>Another process works on the run, or has ended it: this one must keep its hands off.</summary>
/// <param name="message">Which run, and who has it.</param>
public sealed class RunTakenException(string message) : Exception(message);
