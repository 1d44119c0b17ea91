namespace AeVae.Data;

/// <summary>What is known of packed bytes before they are unpacked (RFC 1951).</summary>
static class Deflate
{
    /// <summary>No stream unpacks to more than this many times its size, so a damaged header cannot make us ask for gigabytes.</summary>
    public const int LargestExpansion = 1032;
}
