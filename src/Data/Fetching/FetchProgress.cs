namespace AeVae.Data.Fetching;

/// <summary>How far a fetch is.</summary>
/// <param name="Source">Where the bytes come from, in words.</param>
/// <param name="File">The file in progress; empty while a package is downloaded.</param>
/// <param name="Bytes">Uncompressed bytes in place so far, over all files.</param>
/// <param name="TotalBytes">Uncompressed bytes of all files.</param>
public sealed record FetchProgress(string Source, string File, long Bytes, long TotalBytes);
