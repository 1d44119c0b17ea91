namespace AeVae.Runner.Specs;

/// <summary>A file that was read.</summary>
/// <param name="Path">As it was given, or as the file before leads to it.</param>
/// <param name="Text">What it held.</param>
/// <param name="IsPipe">It can be read only once.</param>
sealed record SpecText(string Path, string Text, bool IsPipe);
