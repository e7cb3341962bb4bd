/** Names that are written in Hangul as well as in Latin letters, or in more than one way. One group a line. */
const groups = [
  "api 에이피아이",
  "aws 아마존웹서비스",
  "css 씨에스에스",
  "javascript js 자바스크립트",
  "typescript ts 타입스크립트",
  "react 리액트",
  "next.js nextjs 넥스트",
  "node.js nodejs 노드",
  "vue 뷰",
  "python 파이썬",
  "java 자바",
  "rust 러스트",
  "kubernetes k8s 쿠버네티스",
  "docker 도커",
  "github 깃허브",
  "git 깃",
  "linux 리눅스",
  "serverless 서버리스",
  "database db 데이터베이스",
  "component 컴포넌트",
  "hook 훅",
  "props 프롭스 프롭",
  "state 상태",
  "compiler 컴파일러",
  "rendering 렌더링 랜더링",
  "framework 프레임워크",
  "library 라이브러리",
  "server 서버",
  "client 클라이언트",
  "browser 브라우저",
  "event 이벤트",
  "blog 블로그",
  "markdown 마크다운",
  "lambda 람다",
  "dynamodb 다이나모디비",
  "opensearch 오픈서치",
].map((group) => group.split(" "));

const groupOf = new Map(groups.flatMap((group) => group.map((word) => [word, group] as const)));

/** Other ways to write a word. */
export function synonymsOf(word: string): readonly string[] {
  return (groupOf.get(word) ?? []).filter((other) => other !== word);
}
