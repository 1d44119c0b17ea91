using AeVae.Compute;

namespace AeVae.Tests.Compute;

public class FusedMultiplyAddPeakTests
{
    public static TheoryData<SimdPath> Paths => [.. Samples.Paths];

    /// <summary>No CPU does more than 4 multiply-adds of 16 lanes per cycle at 8 GHz; however busy, it does some.</summary>
    [Theory]
    [MemberData(nameof(Paths))]
    public void ThePeakIsThatOfACpu(SimdPath path)
    {
        using ThreadTeam team = new(1, path);
        Assert.InRange(FusedMultiplyAddPeak.Measure(team), 1e-4, 4 * 2 * 16 * 8);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void EveryChainIsComputedToItsEnd(SimdPath path)
    {
        Matrix results = new(3, FusedMultiplyAddLoop.Lanes);
        using ThreadTeam team = new(1, path);
        team.Run(new FusedMultiplyAddLoop(results), 3, FusedMultiplyAddLoop.Operations);

        for (int item = 0; item < 3; item++)
        {
            // Each chain starts at its item's number and adds half of it 1024 times per lane of 16; all sums are exact in float.
            int lanes = path == SimdPath.Scalar ? 1 : path == SimdPath.Vector128 ? 4 : path == SimdPath.Vector256 ? 8 : 16;
            Assert.Equal(12 * item * (1 + 512f * 16 / lanes), results[item, 0]);
            Assert.Equal(results[item, 0], results[item, lanes - 1]);
        }
    }
}
