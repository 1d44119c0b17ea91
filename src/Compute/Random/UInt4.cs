namespace AeVae.Compute;

/// <summary>Four 32-bit words: a counter of <see cref="Philox4x32"/>, or the block made from it.</summary>
/// <param name="X">Word 0.</param>
/// <param name="Y">Word 1.</param>
/// <param name="Z">Word 2.</param>
/// <param name="W">Word 3.</param>
public readonly record struct UInt4(uint X, uint Y, uint Z, uint W)
{
    /// <summary>Word 0 … 3.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such word.</exception>
    public uint this[int word] => word switch
    {
        0 => X,
        1 => Y,
        2 => Z,
        3 => W,
        _ => throw new ArgumentOutOfRangeException(nameof(word), word, "a block has words 0 … 3"),
    };
}
