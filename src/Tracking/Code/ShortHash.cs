namespace AeVae.Tracking.Code;

/// <summary>The beginning of a commit or digest, as people read it; git finds a commit by it.</summary>
public static class ShortHash
{
    const int Length = 12;

    /// <summary>The first twelve letters; a shorter text as it is.</summary>
    public static string Of(string hash)
    {
        ArgumentNullException.ThrowIfNull(hash);
        return hash.Length > Length ? hash[..Length] : hash;
    }
}
