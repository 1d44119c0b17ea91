namespace AeVae.Compute;

/// <summary>The counter-based generator Philox4x32-10: a block is a pure function of counter and key.</summary>
/// <remarks>Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3".</remarks>
public static class Philox4x32
{
    const int Rounds = 10;
    const ulong Multiplier0 = 0xD2511F53, Multiplier1 = 0xCD9E8D57;
    const uint Weyl0 = 0x9E3779B9, Weyl1 = 0xBB67AE85;

    /// <summary>The four words that belong to <paramref name="counter"/> under <paramref name="key"/>.</summary>
    /// <param name="counter">Any value; every counter gives an independent block.</param>
    /// <param name="key">Low word: key 0; high word: key 1.</param>
    public static UInt4 Block(UInt4 counter, ulong key)
    {
        uint x = counter.X, y = counter.Y, z = counter.Z, w = counter.W;
        uint key0 = (uint)key, key1 = (uint)(key >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            ulong product0 = Multiplier0 * x, product1 = Multiplier1 * z;
            x = (uint)(product1 >> 32) ^ y ^ key0;
            y = (uint)product1;
            z = (uint)(product0 >> 32) ^ w ^ key1;
            w = (uint)product0;
            key0 += Weyl0;
            key1 += Weyl1;
        }
        return new UInt4(x, y, z, w);
    }
}
