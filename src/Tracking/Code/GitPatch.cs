using System.Security.Cryptography;

namespace AeVae.Tracking.Code;

/// <summary>The differences from a commit, fit for <c>git apply</c>: tracked files, and new files that the program is built from.</summary>
/// <param name="Sha256">Digest of the whole.</param>
/// <param name="Text">The whole as text; null when it is larger than a mebibyte.</param>
public sealed record GitPatch(string Sha256, string? Text)
{
    const int LargestText = 1 << 20;

    // Whatever the user's settings are, so that patches of two machines can be compared.
    static readonly string[] Diff =
    [
        "-c", "core.quotePath=false", "-c", "diff.suppressBlankEmpty=false", "diff", "HEAD", "--binary", "--full-index", "--no-renames", "--no-color", "--no-ext-diff", "--no-textconv",
        "--src-prefix=a/", "--dst-prefix=b/", "--unified=3", "--inter-hunk-context=0", "--diff-algorithm=myers", "--indent-heuristic", "--submodule=short",
    ];

    internal static GitPatch? Read(GitProgram git, string projectRoot, string[] where)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var start = new MemoryStream();
        long length = 0;
        if (git.Ask([.. Diff, .. where], Receive) is not null)
            return null;
        foreach (byte[] file in NewSource.Sections(git, projectRoot, where))
            Receive(file, 0, file.Length);
        return length == 0 ? null : new(Convert.ToHexStringLower(hash.GetHashAndReset()), length > LargestText ? null : PatchFile.ToText(start.ToArray()));

        void Receive(byte[] bytes, int offset, int count)
        {
            hash.AppendData(bytes, offset, count);
            start.Write(bytes, offset, (int)Math.Min(count, Math.Max(0, LargestText - start.Length)));
            length += count;
        }
    }
}
