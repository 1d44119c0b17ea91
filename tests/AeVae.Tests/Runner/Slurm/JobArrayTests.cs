using AeVae.Runner.Slurm;

namespace AeVae.Tests.Runner.Slurm;

public sealed class JobArrayTests
{
    [Theory]
    [InlineData("1-4", 1, 2, 3, 4)]
    [InlineData("2,4-5,9", 2, 4, 5, 9)]
    [InlineData("7", 7)]
    public void NeighbouringTrialsAreWrittenAsARange(string indexes, params int[] trials) =>
        Assert.Equal(indexes, Assert.Single(JobArray.Of(trials, maxArraySize: 1001)).Indexes);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(11)]
    [InlineData(1001)]
    public void EveryIndexIsBelowTheLimitAndTheOffsetGivesTheTrialBack(int maxArraySize)
    {
        int[] trials = [.. Enumerable.Range(1, 2500).Where(trial => trial % 7 != 3)];
        IReadOnlyList<JobArray> arrays = JobArray.Of(trials, maxArraySize);

        Assert.Equal(trials, arrays.SelectMany(array => array.Trials));
        Assert.All(arrays.SelectMany(array => array.Trials.Select(trial => trial - array.Offset)), index => Assert.InRange(index, 1, maxArraySize - 1));
    }

    [Fact]
    public void ATrialHasTheSameIndexWhenItIsSubmittedAgainAlone()
    {
        Assert.Equal((1000, "7"), JobArray.Of([1007], 1001) is [var array] ? (array.Offset, array.Indexes) : default);
        Assert.Equal([0, 1000, 2000], JobArray.Of(Enumerable.Range(1, 2001), 1001).Select(array => array.Offset));
    }
}
