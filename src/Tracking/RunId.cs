using System.Globalization;
using System.Security.Cryptography;

namespace AeVae.Tracking;

/// <summary>Names runs: UTC date, UTC time, four random characters, as in <c>261121-071305-k3f9</c>.</summary>
public static class RunId
{
    // Crockford's alphabet: no i, l, o or u, so that an id read aloud is typed right.
    const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>Random characters at the end of an id; enough to select a run.</summary>
    public const int EndingLength = 4;

    /// <summary>A new id; ids sort by the second they were made in.</summary>
    public static string New() =>
        DateTimeOffset.UtcNow.ToString("yyMMdd-HHmmss-", CultureInfo.InvariantCulture) + RandomNumberGenerator.GetString(Alphabet, EndingLength);
}
