namespace AeVae.Tracking.Merging;

/// <summary>Another results file cannot be brought in, and nothing of it was: it cannot be read, or the two tell different things of the same run or sweep.</summary>
/// <param name="message">Which file, what is wrong, and what to do.</param>
/// <param name="cause">What SQLite or the file system said.</param>
public sealed class MergeRefusedException(string message, Exception? cause = null) : Exception(message, cause);
