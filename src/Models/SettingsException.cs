namespace AeVae.Models;

/// <summary>Settings contradict each other, the images or the memory; the message names the key and what is allowed.</summary>
/// <param name="message">What is wrong, and what to do.</param>
/// <param name="cause">What was thrown when it was tried.</param>
public sealed class SettingsException(string message, Exception? cause = null) : Exception(message, cause);
