namespace AeVae.Tracking;

/// <summary>A selector means no run, or several where one was asked for.</summary>
/// <param name="message">What was asked for, and what is there.</param>
public sealed class NoSuchRunException(string message) : Exception(message);
