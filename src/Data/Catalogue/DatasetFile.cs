namespace AeVae.Data.Catalogue;

/// <summary>A file of a data set as its authors published it.</summary>
/// <param name="Name">File name, uncompressed.</param>
/// <param name="Bytes">Length of the uncompressed bytes.</param>
/// <param name="Sha256">SHA-256 of the uncompressed bytes, lower-case hexadecimal.</param>
public sealed record DatasetFile(string Name, long Bytes, string Sha256);
