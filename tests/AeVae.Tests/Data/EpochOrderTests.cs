using AeVae.Data.Batches;

namespace AeVae.Tests.Data;

public class EpochOrderTests
{
    [Fact]
    public void EveryImageComesOnce()
    {
        Assert.Equal(Enumerable.Range(0, 1000), EpochOrder.Draw(1000, seed: 42, epoch: 3).Order());
    }

    [Fact]
    public void TheSameSeedAndEpochGiveTheSameOrder()
    {
        Assert.Equal(EpochOrder.Draw(1000, seed: 42, epoch: 3), EpochOrder.Draw(1000, seed: 42, epoch: 3));
    }

    [Fact]
    public void AnotherEpochOrSeedGivesAnotherOrder()
    {
        int[] order = EpochOrder.Draw(1000, seed: 42, epoch: 3);

        Assert.NotEqual(order, EpochOrder.Draw(1000, seed: 42, epoch: 4));
        Assert.NotEqual(order, EpochOrder.Draw(1000, seed: 43, epoch: 3));
    }

    [Fact]
    public void TheDigestIsThatOfLittleEndianIntegers()
    {
        // printf '\002\0\0\0\0\0\0\0\001\001\0\0' | sha256sum
        Assert.Equal("1b2f2de82bad5f282545a8109bf0695c515f5306dcdcd2666211ed4a5f1e2d1b", EpochOrder.Sha256([2, 0, 257]));
    }
}
