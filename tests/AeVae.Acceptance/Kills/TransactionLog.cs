using System.Buffers.Binary;

namespace AeVae.Acceptance.Kills;

/// <summary>SQLite's logs of transactions, as a killed process left them.</summary>
/// <remarks>https://www.sqlite.org/fileformat.html#the_write_ahead_log</remarks>
internal static class TransactionLog
{
    const int HeaderLength = 32, FrameHeaderLength = 24;
    const int PageSizeOffset = 8, SaltOffset = 16, FrameCommitOffset = 4, FrameSaltOffset = 8, SaltLength = 8;

    /// <summary>Whether the write-ahead log ends in frames of a transaction that was never committed, or the rollback journal holds one.</summary>
    public static bool EndsWithinTransaction(string database)
    {
        if (new FileInfo(database + "-journal") is { Exists: true, Length: > 0 })
            return true;
        string path = database + "-wal";
        byte[] log = File.Exists(path) ? File.ReadAllBytes(path) : [];
        if (log.Length < HeaderLength)
            return false;
        ReadOnlySpan<byte> salt = log.AsSpan(SaltOffset, SaltLength);
        int frameLength = FrameHeaderLength + (int)BinaryPrimitives.ReadUInt32BigEndian(log.AsSpan(PageSizeOffset));
        bool isOpen = false;
        // A frame with another salt is left from before the log was last started over.
        for (int at = HeaderLength; at + FrameHeaderLength <= log.Length && log.AsSpan(at + FrameSaltOffset, SaltLength).SequenceEqual(salt); at += frameLength)
            isOpen = at + frameLength > log.Length || BinaryPrimitives.ReadUInt32BigEndian(log.AsSpan(at + FrameCommitOffset)) == 0;
        return isOpen;
    }
}
