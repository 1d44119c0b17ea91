using System.Security.Cryptography;
using System.Text;

namespace AeVae.Tracking;

/// <summary>Digest of a text.</summary>
public static class TextSha256
{
    /// <summary>SHA-256 of its UTF-8 bytes, in lower-case hex.</summary>
    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
