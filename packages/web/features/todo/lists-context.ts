"use client";

import { createContext } from "react";
import type { ViewedList } from "./store/view.ts";

/**
 * The lists that a todo can be moved to. They are other ones with every change, and only a todo whose
 * details are open asks for them: handed down, they would have every row made anew each time.
 */
export const ListsContext = createContext<readonly ViewedList[]>([]);
